using Aegis.Core.Transactions;

namespace Aegis.Producer;

/// <summary>One transaction to send.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="History">What the log must know of its card first.</param>
/// <param name="Progress">What to record once it is sent: the run continues after it.</param>
internal readonly record struct ProducedItem(Transaction Transaction, IReadOnlyList<Transaction> History, long Progress);
