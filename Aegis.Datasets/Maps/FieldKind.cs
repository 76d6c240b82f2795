namespace Aegis.Datasets.Maps;

/// <summary>The kind of a field, which tells how its text is read.</summary>
internal enum FieldKind
{
    Text, Time, Amount, Number, Mcc, Country, Currency, Channel, Label, PaymentKind, Authorisation, DeclineReason,
}
