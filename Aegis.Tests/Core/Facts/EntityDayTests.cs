using Aegis.Core.Facts;

namespace Aegis.Tests.Core.Facts;

public sealed class EntityDayTests
{
    [Fact]
    public void In_ATable_CountsEachEntitysDayApart()
    {
        var table = new CountTable<EntityDay>();
        EntityDay.In(table, RiskEntity.Merchant, 7, 20_000).Payments++;
        EntityDay.In(table, RiskEntity.Merchant, 7, 20_000).Payments++;
        EntityDay.In(table, RiskEntity.Merchant, 7, 20_001).Payments++;
        EntityDay.In(table, RiskEntity.Device, 7, 20_000).Frauds++;
        Assert.Equal(
            [
                (RiskEntity.Merchant.KeyOf(7), RiskEntity.Merchant, 20_000, 2u, 0u),
                (RiskEntity.Merchant.KeyOf(7), RiskEntity.Merchant, 20_001, 1u, 0u),
                (RiskEntity.Device.KeyOf(7), RiskEntity.Device, 20_000, 0u, 1u),
            ],
            table.Items.ToArray().Select(day => (day.Entity, day.Kind, day.Day, day.Payments, day.Frauds)));
        Assert.Equal(2u, table.Find(EntityDay.KeyOf(RiskEntity.Merchant.KeyOf(7), 20_000)).Payments);
    }

    [Fact]
    public void KeyOf_DaysOfManyEntities_AreAllDifferent()
    {
        var keys = from entity in Enumerable.Range(0, 100)
            from day in Enumerable.Range(20_000, 70)
            select EntityDay.KeyOf(RiskEntity.Bin.KeyOf((ulong)entity), day);
        Assert.Equal(7_000, keys.Distinct().Count());
    }
}
