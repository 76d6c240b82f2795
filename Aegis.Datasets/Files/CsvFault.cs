using Aegis.Core.Transactions;

namespace Aegis.Datasets.Files;

/// <summary>What is wrong with a line, and in which column.</summary>
/// <param name="Fault">Field, value and what is allowed.</param>
/// <param name="Column">The column that the field comes from, with its number from 1; null where it comes from none or the whole line is
/// wrong.</param>
public sealed record CsvFault(TransactionFault Fault, string? Column)
{
    /// <summary>The field's name.</summary>
    public string Field => Fault.Field;

    /// <inheritdoc/>
    public override string ToString() => Column is null ? Fault.ToString() : $"{Column}: {Fault}";
}
