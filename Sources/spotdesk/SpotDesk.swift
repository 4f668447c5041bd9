@main
struct SpotDesk {
  static func main() {}
}
