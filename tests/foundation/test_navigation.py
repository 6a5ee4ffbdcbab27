import pytest

from casa.foundation import navigation


@pytest.fixture
def nowhere(monkeypatch):
    """A house in which no room has registered a place yet."""
    monkeypatch.setattr(navigation, "_places", [])
    monkeypatch.setattr(navigation, "_footer", [])


@pytest.mark.usefixtures("nowhere")
def test_a_place_appears_only_when_a_room_registered_it():
    assert navigation.places("/") == []
    navigation.register(10, "Biblioteca", "portal:status")
    assert [link.label for link in navigation.places("/")] == ["Biblioteca"]


@pytest.mark.usefixtures("nowhere")
def test_places_stand_in_the_order_of_their_rank():
    navigation.register(70, "Rete", "portal:privacy")
    navigation.register(10, "Biblioteca", "portal:status")
    assert [link.label for link in navigation.places("/")] == ["Biblioteca", "Rete"]


@pytest.mark.usefixtures("nowhere")
def test_registering_twice_makes_one_place():
    navigation.register(10, "Biblioteca", "portal:status")
    navigation.register(10, "Biblioteca", "portal:status")
    assert len(navigation.places("/")) == 1


@pytest.mark.usefixtures("nowhere")
def test_the_place_one_stands_in_is_marked_also_on_the_pages_below():
    navigation.register(10, "Stato", "portal:status")
    navigation.register(20, "Privacy", "portal:privacy")
    assert [link.current for link in navigation.places("/stato/")] == [True, False]
    assert [link.current for link in navigation.places("/stato/ieri/")] == [True, False]
    assert [link.current for link in navigation.places("/statico/")] == [False, False]


@pytest.mark.usefixtures("nowhere")
def test_the_footer_is_another_list():
    navigation.register_footer(10, "Privacy", "portal:privacy")
    assert navigation.places("/") == []
    assert [(link.label, link.url) for link in navigation.footer_links("/")] == [
        ("Privacy", "/privacy/")
    ]
