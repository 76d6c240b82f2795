using System.Text.Json.Nodes;
using static System.FormattableString;

namespace Aegis.Training.Searching;

/// <summary>What docs/benchmarks/weeks.json says of the shipped choices.</summary>
internal static class PublishedWeeks
{
    /// <summary>In one line, what a choice gave on the streams that it was made for; null if it was measured on none.</summary>
    /// <param name="choice">The name of a choice.</param>
    public static string? Of(string choice)
    {
        using var published = typeof(PublishedWeeks).Assembly.GetManifestResourceStream("weeks")!;
        string[] streams =
        [
            .. JsonNode.Parse(published)!["streams"]!.AsArray().Where(stream => (string)stream!["choice"]! == choice)
                .Select(stream => Invariant(
                    $"{(double)stream!["weeksMean"]!:F3} ± {(double)stream["weeksSd"]!:F3} on {stream["name"]} (by amount {(double)stream["amountWeeksMean"]!:F3})")),
        ];
        return streams.Length == 0 ? null : $"average precision by week {string.Join("; ", streams)}";
    }
}
