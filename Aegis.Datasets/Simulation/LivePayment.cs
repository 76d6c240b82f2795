using Aegis.Core.Transactions;

namespace Aegis.Datasets.Simulation;

/// <summary>One live payment, and what the log must know of its card first. Nothing tells whether it is fraud.</summary>
/// <param name="Payment">The payment, happening now.</param>
/// <param name="History">The card's payments of the last 90 days, oldest first; empty where the log has them already.</param>
public readonly record struct LivePayment(Transaction Payment, IReadOnlyList<Transaction> History);
