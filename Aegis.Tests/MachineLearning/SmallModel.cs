using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Forests;

namespace Aegis.Tests.MachineLearning;

/// <summary>A small bundle, really trained on simulated payments.</summary>
public sealed class SmallModel
{
    internal const int Shards = 4;

    public SmallModel()
    {
        var histories = new ShardedHistories(CurrencyRates.Default, Shards);
        var features = new float[FeatureSchema.Count];
        var first = new DateOnly(2025, 3, 1);
        foreach (var (transaction, label) in new TransactionSimulator(new SimulationOptions { Customers = 300, FraudShare = 0.05 })
            .Stream(first, 50))
        {
            histories.ExtractAndAdd(transaction, features);
            var day = DateOnly.FromDateTime(transaction.EventTime.UtcDateTime).DayNumber;
            if (day >= first.DayNumber + 20)
            {
                Rows.Add(features, transaction.CardToken, day, label.IsFraud, StableHash.Hash64(transaction.Id));
            }
        }

        var options = new FraudModelTrainingOptions
        {
            Forest = new IsolationForestOptions { Trees = 60 },
            Autoencoder = new AutoencoderOptions { Epochs = 5 },
            Budget = new AlertBudget(500),
        };
        Model = FraudModelTrainer.Train(
            Rows, options, CurrencyRates.Default, Shards, "small", new Dictionary<string, string> { ["data"] = "simulator" });
    }

    internal FeatureRows Rows { get; } = new();

    internal FraudModel Model { get; }

    /// <summary>A row of middling risk.</summary>
    internal int MedianRow(FraudDetector detector) =>
        Enumerable.Range(0, Rows.Count).OrderBy(row => detector.Assess(Rows[row]).Risk).ElementAt(Rows.Count / 2);
}
