namespace Aegis.Scoring.Storage;

/// <summary>The stored verdicts on a transaction. If the store cannot be read, the caller waits until it can.</summary>
internal sealed class KnownVerdicts(LabelStore labels, PatientReads reads)
{
    /// <summary>All verdicts, oldest first: true for fraud.</summary>
    public IReadOnlyList<bool> Of(string transactionId) =>
        reads.Read(() => labels.Verdicts(transactionId).Select(verdict => verdict.IsFraud).ToList());
}
