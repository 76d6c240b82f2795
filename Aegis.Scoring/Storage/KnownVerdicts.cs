namespace Aegis.Scoring.Storage;

/// <summary>The verdicts on a transaction that are in the store. Where the store cannot be read now, whoever asks waits until it
/// can.</summary>
internal sealed class KnownVerdicts(LabelStore labels, PatientReads reads)
{
    /// <summary>All of them, oldest first: true for fraud.</summary>
    public IReadOnlyList<bool> Of(string transactionId) =>
        reads.Read(() => labels.Verdicts(transactionId).Select(verdict => verdict.IsFraud).ToList());
}
