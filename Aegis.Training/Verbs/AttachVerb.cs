using System.CommandLine;
using System.Security.Cryptography;
using Aegis.MachineLearning.Bundles;

namespace Aegis.Training.Verbs;

/// <summary><c>attach</c>: puts somebody else's model into a trained bundle, in shadow.</summary>
internal static class AttachVerb
{
    private static readonly Option<string> Model = new("--model") { Description = "Bundle to read.", Required = true };
    private static readonly Option<string> File = new("--extern") { Description = "ONNX file or saved ML.NET model (.zip) that reads the raw feature vector.", Required = true };
    private static readonly Option<string> Output = new("--out") { Description = "Bundle to write.", Required = true };

    public static Command Create()
    {
        var command = new Command("attach", "Puts a model of your own into a bundle, in shadow: it scores every payment and decides none.") { Model, File, Output };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var model = ExportVerb.Read(parsed.GetValue(Model)!);
        if (model.Calibration.External is not null)
        {
            throw new ArgumentException($"--model is '{parsed.GetValue(Model)}', whose decisions need '{model.External!.Name}'; allowed: a bundle without a model of others that has a weight.");
        }

        var external = BroughtModel.Open("--extern", parsed.GetValue(File)!);
        // Another file is another version: a decision names what scored it.
        var digest = Convert.ToHexStringLower(SHA256.HashData(external.Bytes.Span).AsSpan(0, 4));
        var detectors = Recalibration.DetectorsOf(model.Version);
        var version = $"{detectors.Split('~')[0]}~{digest}{model.Version[detectors.Length..]}";
        var facts = new Dictionary<string, string>(model.Facts) { ["external"] = $"{external.Name}, weight 0" };
        TrainVerb.Write(parsed.GetValue(Output)!, model with { External = external, Version = version, Facts = facts });
        Console.WriteLine($"{parsed.GetValue(Output)}: {version}, {external.Name} in shadow.");
        return 0;
    }
}
