package io.laneway.router.table.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EditListTest {

    private record Item(String name, int value) {}

    private static EditList<String, Item> of(List<Item> items) {
        return new EditList<>(items, Item::name);
    }

    @Test
    void untouchedListsStayTheSameObjects() {
        List<Item> items = List.of(new Item("a", 1), new Item("b", 2));
        EditList<String, Item> edit = of(items);
        edit.put("a", new Item("a", 1));
        edit.remove("c");
        assertThat(edit.get("b")).isEqualTo(new Item("b", 2));
        assertThat(edit.list()).isSameAs(items);
    }

    @Test
    void theFirstListIsNeverChanged() {
        List<Item> items = new ArrayList<>(List.of(new Item("a", 1)));
        EditList<String, Item> edit = of(items);
        edit.put("a", new Item("a", 2));
        edit.put("b", new Item("b", 3));
        assertThat(items).containsExactly(new Item("a", 1));
        assertThat(edit.list()).containsExactly(new Item("a", 2), new Item("b", 3));
    }

    /** Long enough that it walks first and has an index then. */
    @Test
    void doesWhatAMapDoes() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Map<String, Item> model = new LinkedHashMap<>();
            for (int i = 0; i < random.nextInt(20); i++) {
                model.put("n" + i, new Item("n" + i, i));
            }
            EditList<String, Item> edit = of(List.copyOf(model.values()));
            for (int step = 0; step < 60; step++) {
                String name = "n" + random.nextInt(25);
                switch (random.nextInt(3)) {
                    case 0 -> {
                        Item item = new Item(name, random.nextInt(3));
                        model.put(name, item);
                        edit.put(name, item);
                    }
                    case 1 -> {
                        model.remove(name);
                        edit.remove(name);
                    }
                    default -> assertThat(edit.get(name)).isEqualTo(model.get(name));
                }
                assertThat(edit.list()).as("seed %d, step %d", seed, step).isEqualTo(List.copyOf(model.values()));
            }
        }
    }
}
