using System.Globalization;
using System.Runtime.InteropServices;
using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Choices;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Models.Choosing;

/// <summary>The newest stored payments, as rows to train on. Confirmed frauds are left out.</summary>
internal sealed class StoredRows
{
    private readonly FeatureRows _rows = new();

    /// <summary>Reads the rows.</summary>
    /// <exception cref="ChoosingException">There are fewer than <see cref="Recalibration.MinPayments"/>.</exception>
    public StoredRows(ReferencePayments payments)
    {
        payments.Read((features, cardHash, day) =>
            _rows.Add(features, cardHash.ToString("x16", CultureInfo.InvariantCulture), day, isFraud: false, idHash: 0));
        if (_rows.Count < Recalibration.MinPayments)
        {
            throw new ChoosingException(string.Create(
                CultureInfo.InvariantCulture,
                $"{_rows.Count:N0} stored payments; allowed: {Recalibration.MinPayments:N0} or more, on which models are trained."));
        }
    }

    /// <summary>The number of rows.</summary>
    public int Count => _rows.Count;

    /// <summary>Row after row.</summary>
    public ReadOnlySpan<float> Features => _rows.Features;

    /// <summary>Trains a bundle.</summary>
    /// <param name="choice">Inputs, forest and weights.</param>
    /// <param name="inForce">The bundle in force, whose budget and added model the new one keeps.</param>
    /// <param name="rates">The exchange rates in force.</param>
    /// <param name="at">The time, which becomes part of the version.</param>
    public FraudModel Train(ModelChoice choice, FraudModel inForce, CurrencyRates rates, DateTimeOffset at)
    {
        var training = choice.ToOptions(seed: 1, inForce.Policy.Budget);
        training = training with
        {
            External = inForce.External,
            Fusion = training.Fusion with { ExternalWeight = inForce.Calibration.Fusion.ExternalWeight },
        };
        var fingerprint = StableHash.OfBytes(MemoryMarshal.AsBytes(_rows.Features), seed: StableHash.Hash64(choice.Name))
            .ToString("x16", CultureInfo.InvariantCulture);
        Dictionary<string, string> provenance = new(
        [
            new("data", "stored decisions"), new("trainingDays", $"{Day(_rows.Days.Min())}..{Day(_rows.Days.Max())}"),
            new("trainingRows", _rows.Count.ToString(CultureInfo.InvariantCulture)), new("dataFingerprint", fingerprint),
            .. ChoiceProvenance.Of(choice, training), new("trainedAt", at.ToString("O", CultureInfo.InvariantCulture)),
            new("runtime", Environment.Version.ToString()),
        ]);
        return FraudModelTrainer.Train(
            _rows, training, rates, inForce.ShardCount, $"{at.UtcDateTime:yyyyMMdd-HHmmss}-{fingerprint[..8]}", provenance);
    }

    private static string Day(int number) => DateOnly.FromDayNumber(number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
