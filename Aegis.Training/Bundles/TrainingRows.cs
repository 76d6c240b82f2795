using System.Security.Cryptography;
using System.Text;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Evaluation;

namespace Aegis.Training.Bundles;

/// <summary>Feature rows to fit on.</summary>
/// <param name="Rows">The rows, in the stream's order.</param>
/// <param name="Days">The days of the rows.</param>
/// <param name="Fingerprint">The first eight bytes of a SHA-256 over the rows' ids and amounts, in lower-case hexadecimal.</param>
internal sealed record TrainingRows(FeatureRows Rows, DateRange Days, string Fingerprint)
{
    private const int FingerprintBytes = 8;

    /// <summary>Extracts the rows of the days to fit on from a stream. Earlier days warm the histories; later days are not read.</summary>
    /// <param name="stream">The payments and the days.</param>
    /// <param name="rates">The exchange rates that make amounts comparable.</param>
    /// <param name="shards">The number of shards of the histories.</param>
    public static TrainingRows Extract(TrainingStream stream, CurrencyRates rates, int shards)
    {
        var rows = new FeatureRows();
        var histories = new ShardedHistories(rates, shards);
        var features = new float[FeatureSchema.Count];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (transaction, label) in stream.Payments)
        {
            var day = DateOnly.FromDateTime(transaction.EventTime.UtcDateTime).DayNumber;
            if (day > stream.Days.Last.DayNumber)
            {
                break;
            }

            histories.ExtractAndAdd(transaction, features);
            if (stream.Days.Contains(day))
            {
                rows.Add(features, transaction.CardToken, day, label.IsFraud, StableHash.Hash64(transaction.Id));
                hash.AppendData(Encoding.UTF8.GetBytes($"{transaction.Id} {transaction.AmountMinor}\n"));
            }
        }

        return new TrainingRows(rows, stream.Days, Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, FingerprintBytes)));
    }
}
