package org.livespan.demo;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.OffsetDateTime;

/** A row of {@code sql/demo.sql}'s table. */
@Entity
@Table(name = "orders", schema = "public")
@JsonbPropertyOrder({"id", "customer", "amount", "status", "createdAt", "updatedAt"})
public class Order {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String customer;

    private BigDecimal amount;

    private String status;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @Column(name = "updated_at")
    private OffsetDateTime updatedAt;

    protected Order() {}

    Order(String customer, BigDecimal amount, OffsetDateTime createdAt) {
        this.customer = customer;
        this.amount = amount;
        this.status = "new";
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
    }

    void moveTo(String newStatus, OffsetDateTime at) {
        status = newStatus;
        updatedAt = at;
    }

    public Long getId() {
        return id;
    }

    public String getCustomer() {
        return customer;
    }

    public BigDecimal getAmount() {
        return amount;
    }

    public String getStatus() {
        return status;
    }

    public OffsetDateTime getCreatedAt() {
        return createdAt;
    }

    public OffsetDateTime getUpdatedAt() {
        return updatedAt;
    }
}
