using Aegis.Core.Facts;

namespace Aegis.Tests.Core.Facts;

public sealed class RiskFactsTests
{
    private const int Today = 20_000;

    [Fact]
    public void RisksOf_AnEntity_IsItsShrunkRateOverThatOfAll()
    {
        var facts = new RiskFacts();
        var (bad, good) = (RiskEntity.Merchant.KeyOf(1), RiskEntity.Merchant.KeyOf(2));
        // The bad one: 10 payments and 2 frauds today, 40 and 1 five days ago. The other: 950 payments and 7 frauds twenty days ago.
        Add(facts, bad, Today, 10, 2);
        Add(facts, bad, Today - 5, 40, 1);
        Add(facts, good, Today - 20, 950, 7);
        const double BaseRate = 10 / 1_000.0;
        var risks = new float[3];
        facts.RisksOf(bad, Today, risks);
        Assert.Equal(Math.Log((2 + 1) / ((10 * BaseRate) + 1)), risks[0], 1e-5);
        Assert.Equal(Math.Log((3 + 1) / ((50 * BaseRate) + 1)), risks[1], 1e-5);
        Assert.Equal(risks[1], risks[2]);

        facts.RisksOf(good, Today, risks);
        Assert.Equal((0f, 0f), (risks[0], risks[1]));
        Assert.Equal(Math.Log((7 + 1) / ((950 * BaseRate) + 1)), risks[2], 1e-5);
    }

    [Fact]
    public void RisksOf_AnEntityWithoutFrauds_IsZero()
    {
        var facts = new RiskFacts();
        Add(facts, RiskEntity.Merchant.KeyOf(1), Today, 100, 0);
        Add(facts, RiskEntity.Merchant.KeyOf(2), Today, 100, 5);
        float[] risks = [9, 9, 9];
        facts.RisksOf(RiskEntity.Merchant.KeyOf(1), Today, risks);
        Assert.Equal([0, 0, 0], risks);
        risks = [9, 9, 9];
        facts.RisksOf(RiskEntity.Merchant.KeyOf(2), Today + 30, risks);
        Assert.Equal([0, 0, 0], risks);
        facts.RisksOf(RiskEntity.Merchant.KeyOf(2), Today + 29, risks);
        Assert.Equal((0f, 0f), (risks[0], risks[1]));
        Assert.True(risks[2] > 0);
    }

    [Fact]
    public void RisksOf_MoreFraudsThanPayments_TakesEachFraudForAPayment()
    {
        var facts = new RiskFacts();
        Add(facts, RiskEntity.Merchant.KeyOf(2), Today, 100, 5);
        Add(facts, RiskEntity.Device.KeyOf(7), Today, 0, 4, RiskEntity.Device);
        var risks = new float[3];
        facts.RisksOf(RiskEntity.Device.KeyOf(7), Today, risks);
        // Devices' counts are no part of all: 5 of 100.
        Assert.Equal(Math.Log((4 + 1) / ((4 * 0.05) + 1)), risks[0], 1e-5);
    }

    [Fact]
    public void Add_AfterARead_ChangesTheRateOfAll()
    {
        var facts = new RiskFacts();
        var entity = RiskEntity.Merchant.KeyOf(1);
        Add(facts, entity, Today, 10, 2);
        var (before, after) = (new float[3], new float[3]);
        facts.RisksOf(entity, Today, before);
        Add(facts, RiskEntity.Merchant.KeyOf(2), Today, 990, 8);
        facts.RisksOf(entity, Today, after);
        Assert.Equal(Math.Log(3 / ((10 * 0.2) + 1)), before[0], 1e-5);
        Assert.Equal(Math.Log(3 / ((10 * 0.01) + 1)), after[0], 1e-5);
        // Another day has another rate: then nothing of that day counts.
        facts.RisksOf(entity, Today - 1, after);
        Assert.Equal([0, 0, 0], after);
    }

    [Fact]
    public void Write_ThenRead_GivesTheSameFacts()
    {
        var facts = new RiskFacts();
        Add(facts, RiskEntity.Merchant.KeyOf(1), Today, 10, 2);
        Add(facts, RiskEntity.Bin.KeyOf(411_111), Today - 3, 10, 8, RiskEntity.Bin);
        var bytes = new byte[facts.ByteCount];
        Span<byte> to = bytes;
        facts.Write(ref to);
        Assert.True(to.IsEmpty);
        var read = new RiskFacts();
        ReadOnlySpan<byte> from = bytes;
        read.Read(ref from);
        Assert.True(from.IsEmpty);
        Assert.Equal(facts.Fingerprint(3), read.Fingerprint(3));
        Assert.NotEqual(facts.Fingerprint(3), facts.Fingerprint(4));
        var (one, other) = (new float[3], new float[3]);
        facts.RisksOf(RiskEntity.Bin.KeyOf(411_111), Today, one);
        read.RisksOf(RiskEntity.Bin.KeyOf(411_111), Today, other);
        Assert.Equal(one, other);
        Assert.True(one[1] > 0);
    }

    [Fact]
    public void KeyOf_TellsKindsApart()
    {
        RiskEntity[] kinds = [RiskEntity.Merchant, RiskEntity.Device, RiskEntity.Bin];
        ulong[] hashes = [0, 1, 411_111];
        Assert.Equal(9, kinds.SelectMany(kind => hashes.Select(hash => kind.KeyOf(hash))).Distinct().Count());
    }

    private static void Add(RiskFacts facts, ulong entity, int day, uint payments, uint frauds, RiskEntity kind = RiskEntity.Merchant) =>
        facts.Add(new EntityDay { Entity = entity, Kind = kind, Day = day, Payments = payments, Frauds = frauds });
}
