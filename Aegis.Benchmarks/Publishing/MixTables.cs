using System.Text.Json.Nodes;
using static System.FormattableString;

namespace Aegis.Benchmarks.Publishing;

/// <summary>The tables of <c>mixes.json</c> in Markdown.</summary>
internal static class MixTables
{
    /// <summary>A line for each way, best first.</summary>
    public static string Ways(JsonNode judged)
    {
        var lines = new List<string> { "| way | mean ratio | worst ratio | mean of ln |", "|---|---:|---:|---:|" };
        lines.AddRange(judged["ways"]!.AsArray().OrderByDescending(way => (double)way!["meanLog"]!).Select(way => Invariant(
            $"| {way!["name"]} | {(double)way["mean"]!:F2} | {(double)way["worst"]!:F2} | {(double)way["meanLog"]!:F2} |")));
        return string.Join('\n', lines) + '\n';
    }

    /// <summary>What the others would choose for each set of data.</summary>
    public static string LeftOut(JsonNode judged)
    {
        var lines = new List<string> { "| left out | chosen on the others | ratio |", "|---|---|---:|" };
        lines.AddRange(judged["leftOut"]!.AsArray().Select(
            left => Invariant($"| {left!["data"]} | {left["chosen"]} | {(double)left["ratio"]!:F2} |")));
        return string.Join('\n', lines) + '\n';
    }
}
