using Aegis.Core.Transactions;

namespace Aegis.Datasets.Simulation;

/// <summary>One live payment, and the history of its card that the log must have first. Nothing tells whether it is fraud.</summary>
/// <param name="Payment">The payment, happening now.</param>
/// <param name="History">The card's payments of the last 90 days, oldest first; empty if the log has them already.</param>
public readonly record struct LivePayment(Transaction Payment, IReadOnlyList<Transaction> History);
