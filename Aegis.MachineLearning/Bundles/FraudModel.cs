using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.External;
using Aegis.MachineLearning.Trainers;

namespace Aegis.MachineLearning.Bundles;

/// <summary>Everything that a decision needs besides the histories. It is trained together, never changed, and replaced
/// only as a whole.</summary>
public sealed record FraudModel
{
    /// <summary>The name of this bundle's content, for example <c>20260301-100000-1f2e3d4c</c>, as
    /// <see cref="ModelVersion"/> allows. Every decision records it.</summary>
    public required string Version { get; init; }

    /// <summary>The origin of the model, for people: data, seeds, dates, metrics, library versions.</summary>
    public required IReadOnlyDictionary<string, string> Provenance { get; init; }

    /// <summary>The version of the exchange rates that made amounts comparable.</summary>
    public required string RatesVersion { get; init; }

    /// <summary>The number of shards that it was trained for.</summary>
    public required int ShardCount { get; init; }

    /// <summary>Turns features into inputs.</summary>
    public required FeatureScaler Scaler { get; init; }

    /// <summary>The forest.</summary>
    public required IsolationForestTransformer Forest { get; init; }

    /// <summary>The autoencoder.</summary>
    public required AutoencoderTransformer Autoencoder { get; init; }

    /// <summary>The tail sum, over the same inputs.</summary>
    public required TailSumTransformer TailSum { get; init; }

    /// <summary>The view for young cards; null if there is none.</summary>
    public YoungCardView? Young { get; init; }

    /// <summary>A model that a user added; null if there is none. It scores beside the others, and decides with them if
    /// the fusion gives it a weight.</summary>
    public ExternalModel? External { get; init; }

    /// <summary>Turns the detectors' scores into a risk.</summary>
    public required ScoreCalibration Calibration { get; init; }

    /// <summary>Turns a risk into an outcome.</summary>
    public required DecisionPolicy Policy { get; init; }
}
