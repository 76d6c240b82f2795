namespace Aegis.Datasets.Maps;

/// <summary>What a field holds, and so how its text is read.</summary>
internal enum FieldKind
{
    Text, Time, Amount, Number, Mcc, Country, Currency, Channel, Label,
}
