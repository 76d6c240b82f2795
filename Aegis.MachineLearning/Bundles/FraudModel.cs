using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.External;
using Aegis.MachineLearning.Trainers;

namespace Aegis.MachineLearning.Bundles;

/// <summary>Everything a decision needs beside the histories, trained together and never changed: replaced only as a whole.</summary>
public sealed record FraudModel
{
    /// <summary>Name of this very bundle, for example <c>2026-03-01T10:00:00Z-1f2e3d4c</c>; every decision records it.</summary>
    public required string Version { get; init; }

    /// <summary>Where the model comes from, for people: data, seeds, dates, metrics, library versions.</summary>
    public required IReadOnlyDictionary<string, string> Provenance { get; init; }

    /// <summary>The rate table that amounts were compared by.</summary>
    public required string RatesVersion { get; init; }

    /// <summary>The number of shards whose histories it was trained on; merchants and norms are per shard.</summary>
    public required int ShardCount { get; init; }

    /// <summary>From features to inputs.</summary>
    public required FeatureScaler Scaler { get; init; }

    /// <summary>The forest.</summary>
    public required IsolationForestTransformer Forest { get; init; }

    /// <summary>The autoencoder.</summary>
    public required AutoencoderTransformer Autoencoder { get; init; }

    /// <summary>The tail sum, over the same inputs.</summary>
    public required TailSumTransformer TailSum { get; init; }

    /// <summary>A model that a user brought: scores beside the others, and decides with them where the fusion gives it a weight; null where
    /// there is none.</summary>
    public ExternalModel? External { get; init; }

    /// <summary>From their scores to a risk.</summary>
    public required ScoreCalibration Calibration { get; init; }

    /// <summary>From risk to outcome.</summary>
    public required DecisionPolicy Policy { get; init; }
}
