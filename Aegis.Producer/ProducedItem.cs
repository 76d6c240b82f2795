using Aegis.Core.Transactions;

namespace Aegis.Producer;

/// <summary>One transaction to send.</summary>
/// <param name="Number">Its number in the whole of what this producer ever sends, 1 and more: whoever starts the producer again recognises
/// it by this.</param>
/// <param name="Transaction">The transaction.</param>
/// <param name="History">What the log must know of its card first.</param>
/// <param name="IsUrgent">True where it is sent at once, whatever the pace.</param>
internal readonly record struct ProducedItem(
    long Number, Transaction Transaction, IReadOnlyList<Transaction> History, bool IsUrgent = false);
