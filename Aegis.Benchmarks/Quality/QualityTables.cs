using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Aegis.Benchmarks.Quality;

/// <summary>The tables of <c>quality.json</c> in Markdown.</summary>
internal static class QualityTables
{
    /// <summary>One table over all streams, and what frauds among the rows fitted on change.</summary>
    public static string Of(JsonNode quality)
    {
        var text = new StringBuilder();
        text.AppendLine("| stream, fitted / judged on | label features | model | AUROC | average precision | card precision | precision at budget | recall at budget |");
        text.AppendLine("|---|---|---|---:|---:|---:|---:|---:|");
        foreach (var stream in quality["streams"]!.AsArray())
        {
            Models(stream!, text);
        }

        foreach (var stream in quality["streams"]!.AsArray().Where(stream => stream!["contamination"]!.AsArray().Count > 0))
        {
            text.AppendLine();
            text.AppendLine($"{stream!["name"]}, label features {stream["labelFeatures"]}: average precision by the share of frauds among the rows fitted on.");
            text.AppendLine();
            text.AppendLine("| frauds | forest | autoencoder | tail sum | fused |");
            text.AppendLine("|---:|---:|---:|---:|---:|");
            foreach (var line in stream["contamination"]!.AsArray())
            {
                text.AppendLine(
                    string.Create(CultureInfo.InvariantCulture, $"| {(double)line!["share"]!:P1} | {Ap(line, "forest")} | {Ap(line, "autoencoder")} | {Ap(line, "tailSum")} | {Ap(line, "fused")} |"));
            }
        }

        return text.ToString();
    }

    private static void Models(JsonNode stream, StringBuilder text)
    {
        var models = stream["models"]!.AsArray();
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{stream["name"]}, {stream["train"]} / {stream["test"]}; {(int)stream["testRows"]!:N0} payments, {(int)stream["testFrauds"]!:N0} frauds; @{models[0]!["k"]} a {models[0]!["period"]}");
        var features = $"{stream["labelFeatures"]}";
        foreach (var model in models)
        {
            text.AppendLine(
                $"| {head} | {features} | {model!["name"]} | {Spread(model, "auroc")} | {Spread(model, "ap")} | {Spread(model, "cardPrecision")} | {Value(model, "precisionAtBudget")} | {Value(model, "recallAtBudget")} |");
            (head, features) = ("", "");
        }
    }

    private static string Ap(JsonNode line, string model) => Value(line[model]!, "ap");

    private static string Spread(JsonNode model, string figure) => $"{Value(model, figure)} ± {Value(model, $"{figure}Sd")}";

    private static string Value(JsonNode model, string figure) => ((double)model[figure]!).ToString("F3", CultureInfo.InvariantCulture);
}
