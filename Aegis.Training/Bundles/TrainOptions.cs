using Aegis.Core.Transactions;
using Aegis.MachineLearning.Evaluation;

namespace Aegis.Training.Bundles;

/// <summary>What a bundle is trained on, and how.</summary>
internal sealed record TrainOptions
{
    /// <summary>A CSV file, gzip or not, in time order; null to train on simulated payments.</summary>
    public string? DataPath { get; init; }

    /// <summary>The file's column map: a built-in map's name or the path of a JSON file.</summary>
    public string Map { get; init; } = "native";

    /// <summary>Whether lines that cannot be read are left out.</summary>
    public bool SkipsBad { get; init; }

    /// <summary>Days of the file to fit on; null for its first <see cref="Days"/>.</summary>
    public DateRange? Train { get; init; }

    /// <summary>Days to fit on from the file's first, 1 to 3,650.</summary>
    public int Days { get; init; } = 14;

    /// <summary>Decides everything drawn.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Share of simulated payments that are fraudulent, 0 to 0.5.</summary>
    public double FraudShare { get; init; } = 0.05;

    /// <summary>Simulated customers, 10 to 10,000,000.</summary>
    public int Customers { get; init; } = 1_200;

    /// <summary>Exchange rates that amounts are compared by.</summary>
    public CurrencyRates Rates { get; init; } = CurrencyRates.Default;

    /// <summary>Shards of the log that the model will serve, 1 to 1,024.</summary>
    public int Shards { get; init; } = 16;

    /// <summary>Cards flagged a day, per 10,000 payments a day; 0.01 to 10,000.</summary>
    public double Budget { get; init; } = 100;

    /// <summary>What <see cref="Searching.ModelChoice.Read"/> takes; null for the shipped choice.</summary>
    public string? ChoicePath { get; init; }

    /// <summary>A model of somebody else's making; null or empty for none.</summary>
    public string? ExternalPath { get; init; }

    /// <summary>That model's weight beside the detectors, whose weights add up to 1; 0 to 100, 0 for a model in shadow.</summary>
    public double ExternalWeight { get; init; }
}
