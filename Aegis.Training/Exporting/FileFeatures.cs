using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;

namespace Aegis.Training.Exporting;

/// <summary>Extracts the features of a file's payments in its order, and scores them if there is a model.</summary>
internal static class FileFeatures
{
    private const int BlockRows = 256;

    /// <summary>A row for each payment.</summary>
    /// <param name="payments">The payments, in time order.</param>
    /// <param name="rates">The exchange rates that make amounts comparable.</param>
    /// <param name="shards">The number of shards of the histories.</param>
    /// <param name="model">The model that scores; null for none.</param>
    public static IEnumerable<ExportedRow> Extract(
        IEnumerable<LabelledTransaction> payments, CurrencyRates rates, int shards, FraudModel? model)
    {
        var histories = new ShardedHistories(rates, shards);
        var detector = model is null ? null : new FraudDetector(model);
        var features = new float[BlockRows * FeatureSchema.Count];
        var assessments = new Assessment[BlockRows];
        foreach (var block in payments.Chunk(BlockRows))
        {
            for (var row = 0; row < block.Length; row++)
            {
                histories.ExtractAndAdd(block[row].Transaction, features.AsSpan(row * FeatureSchema.Count, FeatureSchema.Count));
            }

            detector?.AssessAll(features.AsSpan(0, block.Length * FeatureSchema.Count), block.Length, assessments);
            for (var row = 0; row < block.Length; row++)
            {
                var (transaction, label) = block[row];
                yield return new ExportedRow(
                    transaction.Id, transaction.CardToken, transaction.EventTime,
                    features[(row * FeatureSchema.Count)..((row + 1) * FeatureSchema.Count)], label.IsFraud, null,
                    model?.Policy.Decide(assessments[row].Risk, StableHash.Hash64(transaction.Id)),
                    model is null ? null : assessments[row], model?.Version);
            }
        }
    }
}
