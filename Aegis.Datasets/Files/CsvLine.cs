using Aegis.Core.Transactions;

namespace Aegis.Datasets.Files;

/// <summary>One line of a file: a transaction with its label, or what is wrong with it.</summary>
/// <param name="Line">Where the line begins in the file, counted from 1, empty lines and the header too.</param>
/// <param name="Transaction">Null where <paramref name="Faults"/> is not empty.</param>
/// <param name="Label">The label, where the map names one.</param>
/// <param name="Faults">Everything wrong with the line.</param>
public sealed record CsvLine(long Line, Transaction? Transaction, FraudLabel Label, IReadOnlyList<CsvFault> Faults);
