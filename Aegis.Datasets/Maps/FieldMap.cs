namespace Aegis.Datasets.Maps;

/// <summary>Where one field comes from and how it is written. Text is taken from the column or template, looked up in <see cref="Values"/>,
/// replaced by <see cref="Constant"/> where it is empty, then read.</summary>
internal sealed record FieldMap
{
    /// <summary>The column's name in the header.</summary>
    public string? Column { get; init; }

    /// <summary>Text made of several columns or of the line's number.</summary>
    public FieldTemplate? Template { get; init; }

    /// <summary>The value where there is no column, the cell is empty, or <see cref="Values"/> lacks it.</summary>
    public string? Constant { get; init; }

    /// <summary>From text to value, for example category names to codes; an empty value stands for none.</summary>
    public IReadOnlyDictionary<string, string>? Values { get; init; }

    /// <summary>Whether a file may lack the column; every cell then is empty.</summary>
    public bool IsOptional { get; init; }

    /// <summary>How a time is written.</summary>
    public TimeFormat Time { get; init; } = TimeFormat.Iso;

    /// <summary>How an amount or a number is written.</summary>
    public NumberFormat Number { get; init; } = NumberFormat.Plain;

    /// <summary>Whether an amount is in major units (41.20) instead of minor ones (4120).</summary>
    public bool IsMajor { get; init; }

    /// <summary>Which values of a label mean what.</summary>
    public LabelValues Labels { get; init; } = LabelValues.Usual;
}
