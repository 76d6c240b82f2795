using Aegis.Core.Transactions;

namespace Aegis.Client;

/// <summary>A label that was rejected.</summary>
/// <param name="Item">Its place in the body, from 1: in the array, or the line.</param>
/// <param name="Faults">Its faults.</param>
public sealed record RejectedLabel(int Item, IReadOnlyList<TransactionFault> Faults);
