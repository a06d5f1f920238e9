// Writes workbooks and texts as НЕИСПУО's pages do: json or rows → sheet → file. Standard input: what to write.
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [, , packages, folder] = process.argv;
const XLSX = createRequire(join(packages, "package.json"))("xlsx");

for (const { file, sheets, type } of JSON.parse(readFileSync(0, "utf8"))) {
  const book = XLSX.utils.book_new();
  for (const { name, rows } of sheets) {
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), name.replace(/[:\\/?*[\]]/g, "_").slice(0, 31));
  }
  book.Props = { CreatedDate: new Date(Date.UTC(2026, 8, 14)) };
  writeFileSync(join(folder, file), XLSX.write(book, { type: "buffer", bookType: type, compression: true }));
}
