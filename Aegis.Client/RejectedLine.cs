using Aegis.Core.Transactions;

namespace Aegis.Client;

/// <summary>A faulty line of an NDJSON body.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Faults">What is wrong with it.</param>
public sealed record RejectedLine(int Line, IReadOnlyList<TransactionFault> Faults);
