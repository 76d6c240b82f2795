using System.Text.Json.Serialization;
using Aegis.Core.Decisions;

namespace Aegis.Training.Evaluating;

/// <summary>A detector of a bundle, or all of them together. JSON uses the names that <c>benchmark --models</c> takes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Detector>))]
internal enum Detector
{
    /// <summary>The isolation forest.</summary>
    [JsonStringEnumMemberName("forest")]
    Forest,

    /// <summary>The autoencoder, fitted on the rows that the forest finds normal.</summary>
    [JsonStringEnumMemberName("autoencoder")]
    Autoencoder,

    /// <summary>The tail sum.</summary>
    [JsonStringEnumMemberName("tailsum")]
    TailSum,

    /// <summary>All three, calibrated and weighted.</summary>
    [JsonStringEnumMemberName("fused")]
    Fused,
}

/// <summary>Names and scores of each detector.</summary>
internal static class DetectorExtensions
{
    /// <summary>The detector's name in a report.</summary>
    public static string Words(this Detector detector) => detector switch
    {
        Detector.Forest => "forest",
        Detector.Autoencoder => "autoencoder",
        Detector.TailSum => "tail sum",
        _ => "fused",
    };

    /// <summary>The detector's name on a command line and in JSON.</summary>
    public static string OptionName(this Detector detector) => detector switch
    {
        Detector.Forest => "forest",
        Detector.Autoencoder => "autoencoder",
        Detector.TailSum => "tailsum",
        _ => "fused",
    };

    /// <summary>The detector that a command line names.</summary>
    /// <exception cref="InvalidOperationException">There is no detector with that name.</exception>
    public static Detector Named(string optionName) => Enum.GetValues<Detector>().First(detector => detector.OptionName() == optionName);

    /// <summary>The detector's score of a payment, higher if more anomalous.</summary>
    public static double ScoreOf(this Detector detector, Assessment assessment) => detector switch
    {
        Detector.Forest => assessment.ForestScore,
        Detector.Autoencoder => assessment.AutoencoderScore,
        Detector.TailSum => assessment.TailSum,
        _ => assessment.Risk,
    };

    /// <summary>The detector's scores of many payments, in their order.</summary>
    public static double[] ScoresOf(this Detector detector, Assessment[] assessments) =>
        [.. assessments.Select(assessment => detector.ScoreOf(assessment))];
}
