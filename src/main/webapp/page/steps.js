/**
 * Where a key moves to in a grid (WAI-ARIA, grid pattern): `[row, column]` within its bounds, or undefined for other keys.
 *
 * @param at `{row, column}`, the current cell
 * @param bounds `{page, lastRow, lastColumn}`, where the page is the number of visible rows
 */
export function step({ key, ctrlKey }, { row, column }, { page, lastRow, lastColumn }) {
  const place = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    PageUp: [row - page, column],
    PageDown: [row + page, column],
    Home: ctrlKey ? [0, 0] : [row, 0],
    End: ctrlKey ? [lastRow, lastColumn] : [row, lastColumn],
  }[key];
  return place && [within(place[0], lastRow), within(place[1], lastColumn)];
}

function within(index, last) {
  return Math.max(0, Math.min(index, last));
}
