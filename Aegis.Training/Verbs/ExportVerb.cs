using System.CommandLine;
using Aegis.Training.Bundles;

namespace Aegis.Training.Verbs;

/// <summary><c>export</c>: writes a bundle's detectors as ONNX files.</summary>
internal static class ExportVerb
{
    private static readonly Option<string> Model = new("--model") { Description = "Bundle to read.", Required = true };
    private static readonly Option<string> Output = new("--out")
    {
        Description = "Folder to write forest.onnx and autoencoder.onnx to.", Required = true,
    };

    public static Command Create()
    {
        var command = new Command("export", "Writes the forest and the autoencoder of a bundle in the standard ONNX format.")
        {
            Model, Output,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var model = BundleFile.Read(parsed.GetValue(Model)!);
        var folder = Directory.CreateDirectory(parsed.GetValue(Output)!).FullName;
        foreach (var file in OnnxExport.Of(model))
        {
            File.WriteAllBytes(Path.Combine(folder, file.Name), file.Bytes);
            Console.WriteLine($"{folder}: {file.Name} over {file.Reads}.");
        }

        return 0;
    }
}
