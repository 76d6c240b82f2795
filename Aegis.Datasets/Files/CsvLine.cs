using Aegis.Core.Transactions;

namespace Aegis.Datasets.Files;

/// <summary>One line of a file: a transaction with its label, or the faults of the line.</summary>
/// <param name="Line">The line of the file where it begins, counted from 1, with empty lines and the header.</param>
/// <param name="Transaction">The transaction; null if there are <paramref name="Faults"/>.</param>
/// <param name="Label">The label, if the map names one.</param>
/// <param name="Faults">All faults of the line.</param>
public sealed record CsvLine(long Line, Transaction? Transaction, FraudLabel Label, IReadOnlyList<CsvFault> Faults);
