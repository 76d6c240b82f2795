using Aegis.Core.Transactions;

namespace Aegis.Producer;

/// <summary>One transaction to send.</summary>
/// <param name="Number">Its number among all transactions that this producer ever sends, from 1. A restarted producer
/// recognises the transaction by it.</param>
/// <param name="Transaction">The transaction.</param>
/// <param name="History">Earlier payments of the card that the log must hold first.</param>
/// <param name="IsUrgent">True if the producer sends it at once, whatever the pace.</param>
internal readonly record struct ProducedItem(
    long Number, Transaction Transaction, IReadOnlyList<Transaction> History, bool IsUrgent = false);
