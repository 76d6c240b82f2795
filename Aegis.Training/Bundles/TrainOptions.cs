using Aegis.Core.Transactions;
using Aegis.MachineLearning.Choices;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Searching;

namespace Aegis.Training.Bundles;

/// <summary>The data for a bundle's training, and how to train on it.</summary>
internal sealed record TrainOptions
{
    /// <summary>A CSV file, packed or not, in time order; null to train on simulated payments.</summary>
    public string? DataPath { get; init; }

    /// <summary>The file's column map: a built-in map's name or the path of a JSON file.</summary>
    public string Map { get; init; } = "native";

    /// <summary>True to leave out lines that cannot be read.</summary>
    public bool SkipsBad { get; init; }

    /// <summary>The days of the file to fit on; null for <see cref="Days"/> near its beginning.</summary>
    public DateRange? Train { get; init; }

    /// <summary>The number of days to fit on, 1 to 3,650, after as many first days of the file that warm the histories. Of a shorter
    /// file the later half; all of it if that has fewer than 300 payments.</summary>
    public int Days { get; init; } = 14;

    /// <summary>Decides every random draw.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>The share of simulated payments that are fraudulent, 0 to 0.5.</summary>
    public double FraudShare { get; init; } = 0.05;

    /// <summary>The number of simulated customers, 10 to 10,000,000.</summary>
    public int Customers { get; init; } = 1_200;

    /// <summary>The exchange rates that make amounts comparable.</summary>
    public CurrencyRates Rates { get; init; } = CurrencyRates.Default;

    /// <summary>The number of shards of the log that the model will serve, 1 to 1,024.</summary>
    public int Shards { get; init; } = 16;

    /// <summary>Cards flagged a day, per 10,000 payments a day; 0.01 to 10,000.</summary>
    public double Budget { get; init; } = 100;

    /// <summary>The argument of <see cref="ModelChoice.Read"/>; null for the choice that the map names.</summary>
    public string? ChoicePath { get; init; }

    /// <summary>The path of a model that somebody else made; null or empty for none.</summary>
    public string? ExternalPath { get; init; }

    /// <summary>The weight of that model beside the detectors, whose weights add up to 1; 0 to 100, 0 for a model in shadow.</summary>
    public double ExternalWeight { get; init; }

    /// <summary>Inputs, forest and weights: those asked for, or those that suit the data.</summary>
    /// <exception cref="ArgumentException">The choice is unknown or cannot be read.</exception>
    public ModelChoice Choice() => ChoicePath is { } path ? ModelChoice.Read(path)
        : DataPath is null ? ModelChoice.Read("simulated")
        : MapChoice.Of(Map, feedsLabels: false);
}
