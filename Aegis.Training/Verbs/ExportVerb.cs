using System.CommandLine;
using System.CommandLine.Parsing;
using Aegis.Client;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.Training.Bundles;
using Aegis.Training.Exporting;
using Aegis.Training.Sources;

namespace Aegis.Training.Verbs;

/// <summary><c>export</c>: writes a bundle's detectors as ONNX files, or the feature vectors of payments as a table.</summary>
internal static class ExportVerb
{
    private static readonly Option<string?> Model = new("--model")
        { Description = "Bundle to read: its detectors are written, or with --features and --data it scores the payments." };
    private static readonly Option<string?> Output = new("--out")
        { Description = "Folder to write forest.onnx and autoencoder.onnx to." };
    private static readonly Option<string?> Features = new("--features")
        { Description = $"Table of feature vectors to write, with scores and labels: {FeatureTable.Allowed}. From --data or --url." };
    private static readonly Option<string?> Url = new("--url")
        { Description = "Where the scoring service listens whose stored decisions are exported, for example http://localhost:5081." };
    private static readonly Option<string?> KeyFile = new("--api-key-file")
        { Description = "File with the service's API key; or set AEGIS_API_KEY." };
    private static readonly Option<DateTimeOffset?> LabelsUntil = new("--labels-until")
    {
        Description = "Leaves out verdicts that became known later, with --url, for example 2026-03-01T12:00:00Z.",
        CustomParser = result =>
        {
            if (WrittenTime.TryParse(result.Tokens[0].Value, out var time))
            {
                return time;
            }

            result.AddError($"--labels-until is '{result.Tokens[0].Value}'; allowed: {WrittenTime.Allowed}.");
            return null;
        },
    };
    private static readonly Option<bool> SkipBad = new("--skip-bad") { Description = "Leave out lines that cannot be read." };

    public static Command Create()
    {
        var command = new Command(
            "export", "Writes the forest and the autoencoder of a bundle in the standard ONNX format, or feature vectors as CSV or Parquet.")
        {
            Model, Output, Features, Arguments.Data, Arguments.Map, SkipBad, Url, KeyFile, LabelsUntil,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Features) is null && (result.GetValue(Model) is null || result.GetValue(Output) is null))
            {
                result.AddError("--model with --out, or --features, is missing; allowed: --model BUNDLE --out FOLDER, or --features FILE.");
            }
            else if (result.GetValue(Features) is { } features)
            {
                CheckSource(result, features);
            }
        });
        command.SetAction((parsed, cancel) => parsed.GetValue(Features) is { } path ? WriteFeaturesAsync(path, parsed, cancel)
            : Task.FromResult(WriteModels(parsed)));
        return command;
    }

    private static void CheckSource(CommandResult result, string features)
    {
        var data = result.GetValue(Arguments.Data);
        if (data is null == result.GetValue(Url) is null)
        {
            result.AddError("--features needs one source; allowed: --data FILE for a file, or --url ADDRESS for stored decisions.");
        }
        else if (data is not null && Path.GetFullPath(data) == Path.GetFullPath(features))
        {
            result.AddError($"--features is '{features}', the file that is read; allowed: another path.");
        }

        Option[] useless = data is null ? [Output, Arguments.Map, SkipBad, Model] : [Output, KeyFile, LabelsUntil];
        foreach (var option in useless.Where(option => result.GetResult(option) is { Implicit: false }))
        {
            result.AddError($"{option.Name} says nothing about {(data is null ? "stored decisions" : "a file")}; allowed with {(data is null ? "--data" : option == Output ? "--model alone" : "--url")} only.");
        }
    }

    private static int WriteModels(ParseResult parsed)
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

    private static async Task<int> WriteFeaturesAsync(string path, ParseResult parsed, CancellationToken cancel)
    {
        // Signals are heard only once this has returned to its caller.
        await Task.Yield();
        var rows = parsed.GetValue(Url) is { } url ? Stored(url, parsed, cancel) : OfFile(parsed).ToAsyncEnumerable();
        var count = await FeatureTable.WriteAsync(path, rows, cancel);
        Console.WriteLine($"{path}: {count:N0} payments with {FeatureSchema.Count} features each.");
        return 0;
    }

    private static IEnumerable<ExportedRow> OfFile(ParseResult parsed)
    {
        var usual = new TrainOptions();
        return FileFeatures.Extract(
            TransactionSource.Read(parsed.GetValue(Arguments.Data)!, parsed.GetValue(Arguments.Map)!, parsed.GetValue(SkipBad)),
            usual.Rates, usual.Shards, parsed.GetValue(Model) is { } model ? BundleFile.Read(model) : null);
    }

    private static async IAsyncEnumerable<ExportedRow> Stored(
        string url, ParseResult parsed, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"--url is '{url}'; allowed: an address such as http://localhost:5081.");
        }

        var key = parsed.GetValue(KeyFile) is { } file ? (await File.ReadAllTextAsync(file, cancel)).Trim()
            : Environment.GetEnvironmentVariable("AEGIS_API_KEY");
        using var api = AegisClient.At(address, key);
        await foreach (var decided in api.ExportFeaturesAsync(parsed.GetValue(LabelsUntil), cancel))
        {
            yield return decided.SchemaHash == FeatureSchema.Hash ? ExportedRow.Of(decided) : throw new ArgumentException(
                $"The service computes features {decided.SchemaHash}, this program {FeatureSchema.Hash}; allowed: both of one release.");
        }
    }
}
