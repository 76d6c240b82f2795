using System.CommandLine;
using Aegis.Training.Bundles;

namespace Aegis.Training.Verbs;

/// <summary><c>attach</c>: puts somebody else's model into a trained bundle, in shadow.</summary>
internal static class AttachVerb
{
    private static readonly Option<string> Model = new("--model") { Description = "Bundle to read.", Required = true };
    private static readonly Option<string> External = new("--extern")
    {
        Description = "ONNX file or saved ML.NET model (.zip) that reads the raw feature vector.", Required = true,
    };
    private static readonly Option<string> Output = new("--out") { Description = "Bundle to write.", Required = true };

    public static Command Create()
    {
        var command = new Command("attach", "Puts a model of your own into a bundle, in shadow: it scores every payment and decides none.")
        {
            Model, External, Output,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var output = parsed.GetValue(Output)!;
        var model = Attachment.Run(new AttachOptions(parsed.GetValue(Model)!, parsed.GetValue(External)!));
        BundleFile.Write(output, model);
        Console.WriteLine($"{output}: {model.Version}, {model.External!.Name} in shadow.");
        return 0;
    }
}
