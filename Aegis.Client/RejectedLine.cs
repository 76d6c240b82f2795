using Aegis.Core.Transactions;

namespace Aegis.Client;

/// <summary>A faulty line of an NDJSON body.</summary>
/// <param name="Line">The line's number, from 1.</param>
/// <param name="Faults">Its faults.</param>
public sealed record RejectedLine(int Line, IReadOnlyList<TransactionFault> Faults);
