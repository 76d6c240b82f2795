using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Training.Exporting;
using Parquet;
using Parquet.Schema;

namespace Aegis.Tests.Training.Exporting;

public sealed class FeatureTableTests : IDisposable
{
    private const int Rows = 20_003;

    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Csv_ReadsBackToTheSameBits_AndIsEmptyWhereNothingIsKnown()
    {
        var path = Path.Combine(_folder, "a.csv");
        await FeatureTable.WriteAsync(path, new[] { Row(0), Row(1) }.ToAsyncEnumerable(), CancellationToken.None);
        var lines = (await File.ReadAllLinesAsync(path)).Select(line => line.Split(',')).ToList();
        Assert.Equal(
            ["id", "card", "outcome", "model", "event_time", "label_known_at", "is_fraud", "risk", "forest_score", "autoencoder_score",
                "tail_sum", "external_score", .. FeatureSchema.All.Select(feature => feature.Name)],
            lines[0]);
        Assert.Equal(
            ["t-0", "card-0", "review", "m", "2026-03-01T12:00:00.000Z", "2026-03-02T12:00:00.000Z", "1", "0.1", "0.2", "0.3", "4", ""],
            lines[1][..12]);
        Assert.Equal(Row(0).Features.Skip(1), lines[1][13..].Select(float.Parse));
        Assert.Equal("", lines[1][12]);
        Assert.Equal(["t-1", "card-1", "", "", "2026-03-01T12:00:01.000Z", "", "", "", "", "", "", ""], lines[2][..12]);
    }

    [Fact]
    public async Task Parquet_ReadsBackToTheSameBits_OverSeveralGroupsOfRows()
    {
        var path = Path.Combine(_folder, "a.parquet");
        Assert.Equal(Rows, await FeatureTable.WriteAsync(
            path, Enumerable.Range(0, Rows).Select(Row).ToAsyncEnumerable(), CancellationToken.None));
        await using var reader = await ParquetReader.CreateAsync(path);
        var fields = reader.Schema.GetDataFields();
        Assert.Equal(12 + FeatureSchema.Count, fields.Length);
        Assert.Equal([20_000L, 3L], Enumerable.Range(0, reader.RowGroupCount).Select(i => reader.OpenRowGroupReader(i).RowCount));
        using var last = reader.OpenRowGroupReader(1);
        var ids = new string?[3];
        await last.ReadAsync(Named(fields, "id"), ids.AsMemory());
        Assert.Equal("t-20000,t-20001,t-20002", string.Join(',', ids));
        Assert.Equal([true, null, true], await ColumnAsync<bool>(last, Named(fields, "is_fraud")));
        Assert.Equal([0.1, null, 0.1], await ColumnAsync<double>(last, Named(fields, "risk")));
        Assert.Equal([TestTransactions.Noon.UtcDateTime.AddSeconds(20_000), null], [
            (await ColumnAsync<DateTime>(last, Named(fields, "event_time")))[0],
            (await ColumnAsync<DateTime>(last, Named(fields, "label_known_at")))[1]]);
        Assert.Equal([null, null, null], await ColumnAsync<float>(last, Named(fields, FeatureSchema.All[0].Name)));
        Assert.Equal(
            Enumerable.Range(20_000, 3).Select(i => (float?)Row(i).Features[5]),
            await ColumnAsync<float>(last, Named(fields, FeatureSchema.All[5].Name)));
    }

    [Fact]
    public async Task Write_ThatFails_LeavesNoFile_AndAnOlderOneAsItWas()
    {
        var path = Path.Combine(_folder, "a.csv");
        await File.WriteAllTextAsync(path, "older");
        await Assert.ThrowsAsync<InvalidDataException>(() => FeatureTable.WriteAsync(path, Broken(), CancellationToken.None));
        Assert.Equal(["a.csv"], Directory.GetFiles(_folder).Select(Path.GetFileName));
        Assert.Equal("older", await File.ReadAllTextAsync(path));
    }

    private static async IAsyncEnumerable<ExportedRow> Broken()
    {
        yield return Row(0);
        await Task.Yield();
        throw new InvalidDataException();
    }

    private static DataField Named(DataField[] fields, string name) => fields.Single(field => field.Name == name);

    private static async Task<T?[]> ColumnAsync<T>(ParquetRowGroupReader group, DataField field)
        where T : struct
    {
        var values = new T?[group.RowCount];
        await group.ReadAsync<T>(field, values.AsMemory());
        return values;
    }

    // Every second row has neither label nor scores. The first feature is missing in all.
    private static ExportedRow Row(int i) => new(
        $"t-{i}", $"card-{i}", TestTransactions.Noon.AddSeconds(i),
        [float.NaN, .. Enumerable.Range(1, FeatureSchema.Count - 1).Select(feature => (i + feature) / 3f)],
        i % 2 == 0 ? true : null, i % 2 == 0 ? TestTransactions.Noon.AddDays(1) : null,
        i % 2 == 0 ? DecisionOutcome.Review : null, i % 2 == 0 ? new Assessment(0.2, 0.3, 4, 0.5, 0.6, 0.7, 0.1) : null,
        i % 2 == 0 ? "m" : null);
}
