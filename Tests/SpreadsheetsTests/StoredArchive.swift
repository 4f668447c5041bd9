import Foundation

/// A ZIP archive of parts that are stored as they are, written by hand so that a test decides every byte.
enum StoredArchive {
  static func data(_ parts: [(name: String, text: String)]) -> Data {
    var body = Data()
    var directory = Data()
    for part in parts {
      let (name, content) = (Data(part.name.utf8), Data(part.text.utf8))
      let facts =
        little(20, 2) + little(0, 2) + little(0, 2) + little(0, 2) + little(33, 2) + little(Int(crc(content)), 4)
        + little(content.count, 4) + little(content.count, 4) + little(name.count, 2) + little(0, 2)
      let offset = body.count
      body += Data([0x50, 0x4B, 3, 4]) + facts + name + content
      directory +=
        Data([0x50, 0x4B, 1, 2]) + little(20, 2) + facts + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4)
        + little(offset, 4) + name
    }
    let ending =
      Data([0x50, 0x4B, 5, 6]) + little(0, 4) + little(parts.count, 2) + little(parts.count, 2)
      + little(directory.count, 4) + little(body.count, 4) + little(0, 2)
    return body + directory + ending
  }

  /// A workbook of one sheet with this `<sheetData>`, these shared strings and these cell formats.
  static func workbook(
    sheetData: String, strings: String = "", styles: String = "", properties: String = "", prefix: String = ""
  ) -> Data {
    let type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    func relation(_ id: Int, _ kind: String, _ target: String) -> String {
      "<Relationship Id=\"rId\(id)\" Type=\"\(type)\(kind)\" Target=\"\(target)\"/>"
    }
    return data([
      ("_rels/.rels", "<Relationships>\(relation(1, "officeDocument", "/xl/workbook.xml"))</Relationships>"),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships>" + relation(1, "worksheet", "worksheets/sheet1.xml")
          + relation(2, "sharedStrings", "sharedStrings.xml") + relation(3, "styles", "./styles.xml")
          + "</Relationships>"
      ),
      (
        "xl/workbook.xml",
        "<workbook xmlns:r=\"\(type)\">\(properties)<sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
      ),
      ("xl/sharedStrings.xml", prefix + "<sst>\(strings)</sst>"),
      ("xl/styles.xml", "<styleSheet>\(styles)</styleSheet>"),
      ("xl/worksheets/sheet1.xml", "<worksheet><sheetData>\(sheetData)</sheetData></worksheet>"),
    ])
  }

  private static func little(_ value: Int, _ bytes: Int) -> Data {
    Data((0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
  }

  private static func crc(_ data: Data) -> UInt32 {
    ~data.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
  }
}
