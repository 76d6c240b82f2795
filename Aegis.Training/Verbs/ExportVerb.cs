using System.CommandLine;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Onnx;

namespace Aegis.Training.Verbs;

/// <summary><c>export</c>: writes a bundle's detectors as ONNX files.</summary>
internal static class ExportVerb
{
    private static readonly Option<string> Model = new("--model") { Description = "Bundle to read.", Required = true };
    private static readonly Option<string> Output = new("--out") { Description = "Folder to write forest.onnx and autoencoder.onnx to.", Required = true };

    public static Command Create()
    {
        var command = new Command("export", "Writes the forest and the autoencoder of a bundle in the standard ONNX format.") { Model, Output };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var model = Read(parsed.GetValue(Model)!);
        var folder = Directory.CreateDirectory(parsed.GetValue(Output)!).FullName;
        File.WriteAllBytes(Path.Combine(folder, "autoencoder.onnx"), AutoencoderOnnx.Write(model.Scaler, model.Autoencoder.Autoencoder));
        Console.WriteLine($"{folder}: autoencoder.onnx over the features of {model.Version}.");
        File.WriteAllBytes(Path.Combine(folder, "forest.onnx"), ForestOnnx.Write(model.Forest.Forest, model.Scaler.InputCount));
        Console.WriteLine($"{folder}: forest.onnx over {model.Scaler.InputCount} encoded inputs.");
        return 0;
    }

    /// <summary>The bundle that <c>--model</c> names.</summary>
    /// <exception cref="ArgumentException">It cannot be used.</exception>
    internal static FraudModel Read(string path)
    {
        try
        {
            return FraudModelFile.Read(File.ReadAllBytes(path));
        }
        catch (FraudModelFormatException e)
        {
            throw new ArgumentException($"--model is '{path}'; allowed: a bundle of this release. {e.Message}");
        }
    }
}
