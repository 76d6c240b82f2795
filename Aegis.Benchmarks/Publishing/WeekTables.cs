using System.Text.Json.Nodes;
using static System.FormattableString;

namespace Aegis.Benchmarks.Publishing;

/// <summary>The tables of <c>weeks.json</c> in Markdown.</summary>
internal static class WeekTables
{
    /// <summary>A line for each stream.</summary>
    public static string Streams(JsonNode weeks)
    {
        var lines = new List<string>
        {
            "| stream | choice, trained on | payments after that, frauds | average precision by week | by amount | over all weeks | by amount | flagged | precision, recall | of as many largest amounts |",
            "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|",
        };
        foreach (var stream in weeks["streams"]!.AsArray())
        {
            double D(string figure) => (double)stream![figure]!;
            double At(string figure) => (double)stream!["atThreshold"]![figure]!;
            lines.Add(Invariant(
                $"| {stream!["name"]} | {stream["choice"]}, {stream["trainingDays"]} | {D("payments"):N0}, {D("frauds"):N0} | {D("weeksMean"):F3} ± {D("weeksSd"):F3} | {D("amountWeeksMean"):F3} | {D("ap"):F3} | {D("amountAp"):F3} | {At("flagged"):N0} | {At("precision"):F3}, {At("recall"):F3} | {At("amountPrecision"):F3}, {At("amountRecall"):F3} |"));
        }

        return string.Join('\n', lines) + '\n';
    }

    /// <summary>A line for each week of each stream.</summary>
    public static string Weeks(JsonNode weeks)
    {
        var lines = new List<string> { "| stream | week from | payments | frauds | average precision | by amount |", "|---|---|---:|---:|---:|---:|" };
        foreach (var stream in weeks["streams"]!.AsArray())
        {
            lines.AddRange(stream!["weeks"]!.AsArray().Where(week => week!["ap"] is not null).Select(week => Invariant(
                $"| {stream["name"]} | {week!["from"]} | {(int)week["payments"]!:N0} | {(int)week["frauds"]!:N0} | {(double)week["ap"]!:F3} | {(double)week["amountAp"]!:F3} |")));
        }

        return string.Join('\n', lines) + '\n';
    }
}
