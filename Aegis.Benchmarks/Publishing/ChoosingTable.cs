using System.Text.Json.Nodes;
using static System.FormattableString;

namespace Aegis.Benchmarks.Publishing;

/// <summary>The table of <c>choosing.json</c> in Markdown.</summary>
internal static class ChoosingTable
{
    /// <summary>A line for each stream, and the means.</summary>
    public static string Write(JsonNode choosing)
    {
        var streams = choosing["streams"]!.AsArray().Select(stream => stream!).ToList();
        var lines = new List<string>
        {
            "| stream | best choice | drawn | default | by ten frauds | worst of 20 draws |", "|---|---|---:|---:|---:|---:|",
        };
        lines.AddRange(streams.Select(stream =>
        {
            var best = stream["laterAp"]!.AsObject().MaxBy(choice => (double)choice.Value!).Key;
            return Invariant($"| {stream["name"]} | {best} | {stream["chosen"]![best]} of 20 | {(double)stream["defaultRatio"]!:F2} | {(double)stream["ratio"]!:F2} | {(double)stream["worstRatio"]!:F2} |");
        }));
        lines.Add(Invariant($"| **mean** | | | {streams.Average(stream => (double)stream["defaultRatio"]!):F2} | {(double)choosing["ratio"]!:F2} | |"));
        return string.Join('\n', lines) + '\n';
    }
}
