using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Aegis.Benchmarks.Publishing;

/// <summary>The tables of <c>quality.json</c> and <c>ablation.json</c> in Markdown.</summary>
internal static class QualityTables
{
    private static readonly string[] Shipped = ["forest", "autoencoder", "tail sum", "fused", "amount", "velocity"];

    /// <summary>All models on all streams.</summary>
    public static string Models(JsonNode quality) => Models(quality, _ => true);

    /// <summary>The shipped detectors and two rules on all streams.</summary>
    public static string ShippedModels(JsonNode quality) => Models(quality, Shipped.Contains);

    /// <summary>How frauds among the training rows change the results, for the streams that were measured.</summary>
    public static string Contamination(JsonNode quality)
    {
        var text = new StringBuilder();
        foreach (var stream in Streams(quality).Where(stream => stream["contamination"]!.AsArray().Count > 0))
        {
            text.Append(text.Length > 0 ? "\n" : "");
            text.AppendLine($"{stream["name"]}, label features {stream["labelFeatures"]}: average precision by the share of frauds among the rows fitted on.\n");
            text.AppendLine("| frauds | forest | autoencoder | tail sum | fused |");
            text.AppendLine("|---:|---:|---:|---:|---:|");
            foreach (var line in stream["contamination"]!.AsArray())
            {
                text.AppendLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {(double)line!["share"]!:P1} | {Ap(line["forest"])} | {Ap(line["autoencoder"])} | {Ap(line["tailSum"])} | {Ap(line["fused"])} |"));
            }
        }

        return text.ToString();
    }

    /// <summary>Recall at the budget by kind of fraud on one stream: fused, and by the amount alone.</summary>
    public static string Scenarios(JsonNode quality, string streamName)
    {
        var models = Streams(quality).First(stream => (string)stream["name"]! == streamName)["models"]!.AsArray();
        var fused = Recalls("fused");
        var amount = Recalls("amount");
        var text = new StringBuilder("| scenario | recall at budget, fused | amount alone |\n|---|---:|---:|\n");
        foreach (var (scenario, recall) in fused)
        {
            text.AppendLine(string.Create(
                CultureInfo.InvariantCulture, $"| {scenario} | {(double)recall!:F2} | {(double)amount[scenario]!:F2} |"));
        }

        return text.ToString();

        JsonObject Recalls(string name) => models.First(model => (string)model!["name"]! == name)!["recallByScenario"]!.AsObject();
    }

    /// <summary>The forest's average precision by its inputs, one column per stream.</summary>
    public static string Ablation(JsonNode ablation)
    {
        var streams = ablation.AsArray().Select(
            stream => stream!["ablation"]!.AsArray().ToDictionary(line => (string)line!["inputs"]!, line => Ap(line!["result"]))).ToList();
        // Rows keep the order of the streams, lines that start with "only" after the others; the inputs that streams
        // share come last.
        var last = new[] { "default inputs", "every feature" };
        var inputs = streams.SelectMany(stream => stream.Keys).Distinct().OrderBy(name => Array.IndexOf(last, name))
            .ThenBy(name => name.StartsWith("only", StringComparison.Ordinal)).ToList();
        var heads = ablation.AsArray().Select(stream => $"{((string)stream!["data"]!).Split('-')[0]}, labels {stream["labelFeatures"]}");
        var text = new StringBuilder(
            $"| forest reads | {string.Join(" | ", heads)} |\n|---|{string.Concat(Enumerable.Repeat("---:|", streams.Count))}\n");
        foreach (var name in inputs)
        {
            text.AppendLine($"| {name} | {string.Join(" | ", streams.Select(stream => stream.GetValueOrDefault(name, "")))} |");
        }

        return text.ToString();
    }

    /// <summary>All models on tables that have nothing to do with cards.</summary>
    public static string Tables(JsonNode tables)
    {
        var text = new StringBuilder("| table | model | AUROC | average precision |\n|---|---|---:|---:|\n");
        foreach (var table in tables["tables"]!.AsArray())
        {
            var head = string.Create(CultureInfo.InvariantCulture, $"{((string)table!["file"]!).Split('.')[0]}: {(int)table["rows"]!:N0} rows of {table["columns"]}, {(int)table["anomalies"]!:N0} anomalies");
            foreach (var model in table["models"]!.AsArray())
            {
                text.AppendLine($"| {head} | {model!["name"]} | {Spread(model, "auroc")} | {Spread(model, "ap")} |");
                head = "";
            }
        }

        return text.ToString();
    }

    private static string Models(JsonNode quality, Func<string, bool> isWanted)
    {
        var text = new StringBuilder("| stream, fitted / judged on | label features | model | AUROC | average precision | card precision | precision at budget | recall at budget |\n|---|---|---|---:|---:|---:|---:|---:|\n");
        foreach (var stream in Streams(quality))
        {
            var models = stream["models"]!.AsArray();
            var head = string.Create(
                CultureInfo.InvariantCulture,
                $"{stream["name"]}, {stream["train"]} / {stream["test"]}; {(int)stream["testRows"]!:N0} payments, {(int)stream["testFrauds"]!:N0} frauds; @{models[0]!["k"]} a {models[0]!["period"]}");
            var features = $"{stream["labelFeatures"]}";
            foreach (var model in models.Where(model => isWanted((string)model!["name"]!)))
            {
                text.AppendLine(
                    $"| {head} | {features} | {model!["name"]} | {Spread(model, "auroc")} | {Spread(model, "ap")} | {Spread(model, "cardPrecision")} | {Value(model, "precisionAtBudget")} | {Value(model, "recallAtBudget")} |");
                (head, features) = ("", "");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<JsonNode> Streams(JsonNode quality) => quality["streams"]!.AsArray().Select(stream => stream!);

    private static string Ap(JsonNode? result) => Value(result!, "ap");

    /// <summary>Mean and standard deviation; the mean alone if all seeds gave the same.</summary>
    private static string Spread(JsonNode model, string figure)
    {
        const double Rounding = 1e-9;
        return (double)model[$"{figure}Sd"]! < Rounding ? Value(model, figure) : $"{Value(model, figure)} ± {Value(model, $"{figure}Sd")}";
    }

    private static string Value(JsonNode model, string figure) => ((double)model[figure]!).ToString("F3", CultureInfo.InvariantCulture);
}
