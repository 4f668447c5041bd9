import ArgumentParser
import Foundation
import TradingDesk

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Writes a finished run for others to read.", subcommands: [NotebookCommand.self])
}

struct NotebookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notebook",
    abstract: "A backtest as a Jupyter notebook and a page, output only, with what made them.")

  @Argument(help: ArgumentHelp("The run, the name of its folder in runs/.", valueName: "run"))
  var identifier: String

  @Option(help: ArgumentHelp("The folder to write to.", valueName: "dir"))
  var output = "notebooks-exports"

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      for file in try options.desk().exportNotebook(identifier, to: URL(filePath: output)) {
        StandardOutput.write(file.relativePath + "\n")
      }
    }
  }
}
