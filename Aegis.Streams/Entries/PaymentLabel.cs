using Aegis.Core.Transactions;

namespace Aegis.Streams.Entries;

/// <summary>A label of a transaction, as it goes into the log of its card's shard.</summary>
/// <param name="Transaction">The transaction as it was decided.</param>
/// <param name="IsFraud">The verdict.</param>
/// <param name="LabelledAt">When it became known, UTC; not before the payment.</param>
public sealed record PaymentLabel(Transaction Transaction, bool IsFraud, DateTimeOffset LabelledAt);
