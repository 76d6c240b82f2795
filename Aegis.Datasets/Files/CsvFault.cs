using Aegis.Core.Transactions;

namespace Aegis.Datasets.Files;

/// <summary>A fault of a line, and the column that it is in.</summary>
/// <param name="Fault">The field, its value and what is allowed.</param>
/// <param name="Column">The column that the field comes from, with its number from 1; null if it comes from none, or if
/// the whole line is wrong.</param>
public sealed record CsvFault(TransactionFault Fault, string? Column)
{
    /// <summary>The field's name.</summary>
    public string Field => Fault.Field;

    /// <inheritdoc/>
    public override string ToString() => Column is null ? Fault.ToString() : $"{Column}: {Fault}";
}
