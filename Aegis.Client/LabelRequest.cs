namespace Aegis.Client;

/// <summary>A label as the API takes it: the verdict on a decided transaction.</summary>
/// <param name="TransactionId">The transaction's id.</param>
/// <param name="IsFraud">The verdict.</param>
/// <param name="LabelledAt">When it became known; null for now.</param>
public sealed record LabelRequest(string TransactionId, bool IsFraud, DateTimeOffset? LabelledAt = null);
