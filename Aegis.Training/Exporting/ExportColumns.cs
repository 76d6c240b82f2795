using Aegis.Core.Features;

namespace Aegis.Training.Exporting;

/// <summary>The columns before the features: what names a payment, what is known of it, how it was scored.</summary>
internal static class ExportColumns
{
    /// <summary>Columns of text; null where nothing is known.</summary>
    public static IReadOnlyList<(string Name, Func<ExportedRow, string?> Value)> Texts { get; } =
    [
        ("id", row => row.Id), ("card", row => row.CardToken), ("outcome", row => row.Outcome?.ToString().ToLowerInvariant()),
        ("model", row => row.Model),
    ];

    /// <summary>Columns of moments, UTC.</summary>
    public static IReadOnlyList<(string Name, Func<ExportedRow, DateTimeOffset?> Value)> Times { get; } =
        [("event_time", row => row.EventTime), ("label_known_at", row => row.LabelKnownAt)];

    /// <summary>The column of the label.</summary>
    public const string Label = "is_fraud";

    /// <summary>Columns of scores.</summary>
    public static IReadOnlyList<(string Name, Func<ExportedRow, double?> Value)> Scores { get; } =
    [
        ("risk", row => row.Assessment?.Risk), ("forest_score", row => row.Assessment?.ForestScore),
        ("autoencoder_score", row => row.Assessment?.AutoencoderScore), ("tail_sum", row => row.Assessment?.TailSum),
        ("external_score", row => row.Assessment?.ExternalScore),
    ];

    /// <summary>The features' columns, in the order of the vector.</summary>
    public static IEnumerable<string> Features => FeatureSchema.All.Select(feature => feature.Name);
}
